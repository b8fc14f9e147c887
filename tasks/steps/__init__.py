"""What a sweep and a coordinator do, step by step: plain functions of a home, a cycle and a moment.

Each decides with `models`, and writes what it decided in one transaction; each may be killed and run again.
`tasks/*.py` make Prefect tasks of them.
"""
