namespace HostingOps.Engine.Watch.Registration;

/// <summary>What a person has to see to so that the account reaches its files, and others don't reach its secrets. Looks at modes only.</summary>
internal sealed class ReachNotes(RegistrationSurroundings machine, string runsAs)
{
    private const UnixFileMode Read = UnixFileMode.OtherRead;
    private const UnixFileMode Pass = UnixFileMode.OtherExecute;

    /// <summary>The notes, in sentences.</summary>
    public IEnumerable<string> Of(WatchRegistrationRequest request, SiteWatchKind kind, SiteWatchScope scope, WatchCommand command)
    {
        var needed = new List<(string Path, UnixFileMode Mode)> { (request.InventoryPath, Read), (command.Arguments[0], Read | Pass) };

        // systemd reads the files for its services; a line of cron reads them itself.
        if (kind == SiteWatchKind.Cron)
        {
            needed.AddRange(request.EnvironmentFiles.Select(static file => (file, Read)));
        }

        if (!command.IsAgent)
        {
            needed.Add((machine.ModuleFolder!, Read | Pass));
        }

        if (runsAs != machine.UserName)
        {
            foreach (var (path, mode) in needed)
            {
                if (Obstacle(path, mode) is { } at)
                {
                    var secret = request.EnvironmentFiles.Contains(path, StringComparer.Ordinal);
                    yield return at == path
                        ? $"See to it that {runsAs} can read '{path}': others can't{(secret ? $", and shall not (chgrp {runsAs}, chmod 640)" : "")}."
                        : $"See to it that {runsAs} can reach '{path}': others can't pass '{at}'.";
                }
            }
        }

        foreach (var file in request.EnvironmentFiles.Where(file => Obstacle(file, Read) is null && machine.ModeOf(file) is not null))
        {
            yield return $"Everyone on this machine can read '{file}', which may hold secrets: chmod {(kind == SiteWatchKind.Cron && scope == SiteWatchScope.System ? $"640 and chgrp {runsAs}" : "600")}.";
        }
    }

    private string? Obstacle(string path, UnixFileMode needed)
    {
        if (Lacks(path, needed))
        {
            return path;
        }

        for (var cut = path.LastIndexOf('/'); cut > 0; cut = path.LastIndexOf('/', cut - 1))
        {
            if (Lacks(path[..cut], Pass))
            {
                return path[..cut];
            }
        }

        return null;
    }

    private bool Lacks(string path, UnixFileMode needed) => machine.ModeOf(path) is { } mode && (mode & needed) != needed;
}
