namespace HostingOps.Engine.Watch.Registration;

/// <summary>A file as it shall be.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Text">All of it.</param>
internal sealed record WatchFile(string Path, string Text);

/// <summary>What shall be on the machine for a watch, and nothing else of that name.</summary>
internal sealed record DesiredWatch
{
    /// <summary>Files of systemd and of cron.d.</summary>
    public IReadOnlyList<WatchFile> Files { get; init; } = [];

    /// <summary>The unit of systemd that is switched on, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The lines in the account's crontab, marks included, or null.</summary>
    public string? CrontabBlock { get; init; }

    /// <summary>The task for the Windows Task Scheduler as XML, or null.</summary>
    public string? TaskXml { get; init; }

    /// <summary>Further commands that come before a task is made: rights on its folder.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Preparations { get; init; } = [];

    /// <summary>Steps that make folders which are not there yet.</summary>
    public IReadOnlyList<RegistrationStep> Folders { get; init; } = [];

    /// <summary>Arguments of schtasks beyond the usual ones: the account, where XML alone does not do.</summary>
    public IReadOnlyList<string> TaskArguments { get; init; } = [];
}
