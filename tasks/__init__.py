"""What is done to the world: Prefect tasks here, the plain steps they run in `steps/`, the outside in `adapters/`."""
