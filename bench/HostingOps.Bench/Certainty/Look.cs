namespace HostingOps.Bench.Certainty;

/// <summary>How a rule looks at a site once.</summary>
/// <param name="Vantage">From where.</param>
/// <param name="Site">At which site.</param>
/// <param name="Standby">On its standby, and not on its active host.</param>
/// <param name="Start">When, s since the day began.</param>
internal readonly record struct Look(int Vantage, int Site, bool Standby, double Start)
{
    /// <summary>Time for the whole, s.</summary>
    public double Within { get; init; } = 5;

    /// <summary>Time for the connection, s.</summary>
    public double ConnectWithin { get; init; } = double.PositiveInfinity;

    /// <summary>Time from the connection to the answer, s.</summary>
    public double AnswerWithin { get; init; } = double.PositiveInfinity;

    /// <summary>HEAD, not GET.</summary>
    public bool Head { get; init; }

    /// <summary>Whether a status that is no success is asked for again by GET.</summary>
    public bool ConfirmByGet { get; init; }

    /// <summary>Whether an expired certificate is a failure.</summary>
    public bool Validates { get; init; } = true;

    /// <summary>Whether a connection is open already.</summary>
    public bool Kept { get; init; }

    /// <summary>Tells looks of one vantage at one site and moment apart.</summary>
    public int Turn { get; init; }

    /// <summary>How many first SYNs, flights of the handshake and of the request are surely lost: for looks known to be odd.</summary>
    public Oddity Odd { get; init; }
}
