"""The reader by concepts, asked last (``read``); ``kept`` holds every plan of another reader against it.

``words.toml`` says what words stand for, ``held.toml`` which tool tells what. Nothing is imported here: rooms that the
reader itself asks, such as ``ordinary``, ask its word lists.
"""
