"""One SELECT by somebody else, answered without trusting it.

``views`` is what may be asked; ``check`` parses the text against an allow-list and writes it anew from the tree;
``copying`` says which rows of the mirror the person may see of it; ``runner`` gives those rows to a process of its own
(``child``), runs the text there and ends that process when it takes too long. The mirror itself never sees the text.
"""
