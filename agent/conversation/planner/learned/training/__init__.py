"""How the network of this package is trained. Needs PyTorch and Transformers, which floorwalker itself does not."""
