"""Effect by dose: covariances of shared controls, curves, one- and two-stage pooling."""
