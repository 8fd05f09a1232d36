namespace HostingOps.Engine.Watch.Automatic;

/// <summary>How automatic moves are paced.</summary>
internal sealed record AutomaticOptions
{
    /// <summary>How long a site that is Down waits for the others on its host that are about to be, so that they go into one operation.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait before a refused or failed move is tried again; doubled each time.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest such wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait when only a probe of the plan was answered, by a site that is still Down; never longer.</summary>
    public TimeSpan AnsweredWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long people are not told again of the same refusal, when no channel of the inventory says it.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Operations under way at once: a host that dies while another's hooks run does not wait for them.</summary>
    public int OperationsAtOnce { get; init; } = 4;

    /// <summary>How often it is looked whether sites may go back to their primaries.</summary>
    public TimeSpan FailbackEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the primaries of sites that wait to go back are checked, where their own interval is longer.</summary>
    public TimeSpan FailbackCheckEvery { get; init; } = TimeSpan.FromMinutes(1);
}
