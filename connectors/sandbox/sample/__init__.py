"""The sample world: real grocery sales of 2017, moved to today and pooled into five demo stores."""
