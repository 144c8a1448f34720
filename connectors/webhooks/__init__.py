"""What platforms send by themselves: taken in durably, answered at once, and pulled afterwards.

A webhook is only a hint that something changed. It is verified, written to the inbox and acknowledged; a worker then
reads the object it names from the platform, as a sync would. What webhooks lose, the sweep finds.
"""
