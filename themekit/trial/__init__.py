"""A gateway on trial: run on this machine, attacked and measured, or attacked where it is deployed."""
