"""What an executed change did, looked at later: forecast against actual, said in its thread and summed by the week."""
