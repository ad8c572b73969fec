"""Training: seeds, the loop, optimizers, many nets at once, and the results of sweeps."""
