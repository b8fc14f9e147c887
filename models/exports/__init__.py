"""What leaves the system as tables and open data: plain values, decided here, written by the adapters."""
