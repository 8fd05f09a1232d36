namespace HostingOps.Engine.Dns.Audit.Asking;

/// <summary>How name servers are treated that belong to others.</summary>
internal sealed record DnsManners
{
    /// <summary>Questions under way at one address at once.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>Questions to one address in a second, over time; a burst of <see cref="AtOnce"/> goes at once.</summary>
    public double PerSecond { get; init; } = 50;

    /// <summary>Time for one question, its repeats and TCP included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Questions in a row that find no answer before an address is left alone; <see cref="AtOnce"/> times as many where it has
    /// answered before, so that one lost burst does not condemn it.
    /// </summary>
    public int FailuresUntilRest { get; init; } = 3;

    /// <summary>How long it is left alone.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Answers kept, so that nobody is asked the same twice; older ones are forgotten.</summary>
    public int MostKept { get; init; } = 20_000;
}
