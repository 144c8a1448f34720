"""The reader by concepts, asked last (``read``); ``kept`` holds every plan of another reader against it.

``words.toml`` says what words stand for, ``held.toml`` which tool tells what. Nothing is brought in here: words left
over of a question (``goods``) are held against the lists, and the reader asks for these in its turn.
"""
