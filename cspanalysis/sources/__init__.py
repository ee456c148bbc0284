"""One module per publisher: raw files in, validated tidy observations out."""
