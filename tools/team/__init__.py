"""Who is scheduled and who is clocked in: names and times of the team, never wages or records about a person."""
