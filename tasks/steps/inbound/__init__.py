"""What comes back by mail: noted, recognised, taken in or left for a person."""
