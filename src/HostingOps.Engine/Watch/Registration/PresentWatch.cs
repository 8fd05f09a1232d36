namespace HostingOps.Engine.Watch.Registration;

/// <summary>What is on the machine by a watch's name.</summary>
internal sealed record PresentWatch
{
    /// <summary>The text of each file that could be there, by path; null when it is not.</summary>
    public IReadOnlyDictionary<string, string?> Files { get; init; } = new Dictionary<string, string?>();

    /// <summary>The units that are switched on or run, by name, and whether they are both.</summary>
    public IReadOnlyDictionary<string, bool> Units { get; init; } = new Dictionary<string, bool>();

    /// <summary>The account's crontab; empty when it has none, null when nobody asks.</summary>
    public string? Crontab { get; init; }

    /// <summary>The task as the Task Scheduler gives it, or null.</summary>
    public string? TaskXml { get; init; }
}
