namespace HostingOps.Engine.Watch.Registration;

/// <summary>The steps that lead from what is there to what shall be there, and nothing beyond. Pure.</summary>
internal static class RegistrationReconciler
{
    /// <summary>Makes the steps; none when all is as it should be.</summary>
    /// <param name="places">Where things are.</param>
    /// <param name="present">What is there.</param>
    /// <param name="desired">What shall be there; empty to take a watch away.</param>
    /// <exception cref="HostingException">WatchRegistrationForeign: something of that name is not ours.</exception>
    public static IReadOnlyList<RegistrationStep> Steps(WatchPlaces places, PresentWatch present, DesiredWatch desired)
    {
        RefuseStrangers(places, present, desired);
        return [.. Files(places, present, desired), .. Crontab(places, present, desired), .. Task(places, present, desired)];
    }

    /// <summary>Whether anything of ours is there by that name.</summary>
    public static bool IsThere(WatchPlaces places, PresentWatch present) =>
        present.Files.Values.Any(static text => text is not null && IsOurs(text))
        || (present.Crontab is { } crontab && CronLines.Find(crontab, places.TaskName) is not null)
        || (present.TaskXml is { } task && TaskXml.IsOurs(task));

    private static void RefuseStrangers(WatchPlaces places, PresentWatch present, DesiredWatch desired)
    {
        // What is not ours and would not be written over is none of our business.
        foreach (var (path, text) in present.Files)
        {
            if (text is not null && !IsOurs(text) && desired.Files.Any(file => file.Path == path))
            {
                throw RegistrationErrors.Foreign(path, $"The file '{path}'");
            }
        }

        if (present.TaskXml is { } task && desired.TaskXml is not null && !TaskXml.IsOurs(task))
        {
            throw RegistrationErrors.Foreign(places.Task, $"The task '{places.Task}'");
        }
    }

    private static IEnumerable<RegistrationStep> Files(WatchPlaces places, PresentWatch present, DesiredWatch desired)
    {
        var wanted = desired.Files.ToDictionary(static file => file.Path, StringComparer.Ordinal);
        var written = desired.Files.Where(file => present.Files.GetValueOrDefault(file.Path) != file.Text).ToArray();
        var gone = present.Files
            .Where(pair => pair.Value is { } text && IsOurs(text) && !wanted.ContainsKey(pair.Key)).Select(static pair => pair.Key)
            .Order(StringComparer.Ordinal).ToArray();

        // Before its file goes, or becomes a single run of a timer, a unit is switched off; one that is not ours is left alone.
        foreach (var (unit, file) in new[] { (places.Service, places.ServiceFile), (places.Timer, places.TimerFile) })
        {
            // A single run that is under way and stays as it is goes on.
            if (unit != desired.Unit && present.Units.ContainsKey(unit) && present.Files.GetValueOrDefault(file) is { } text && IsOurs(text)
                && wanted.GetValueOrDefault(file)?.Text != text)
            {
                yield return new RunStep(places.Systemctl("disable", "--now", unit));
            }
        }

        foreach (var file in written)
        {
            yield return new WriteFileStep(file);
        }

        foreach (var path in gone)
        {
            yield return new DeleteFileStep(path);
        }

        bool IsUnit(string path) => path == places.ServiceFile || path == places.TimerFile;
        var units = written.Any(file => IsUnit(file.Path)) || gone.Any(IsUnit);
        if (units)
        {
            yield return new RunStep(places.Systemctl("daemon-reload"));
        }

        if (desired.Unit is { } start && (units || !present.Units.GetValueOrDefault(start)))
        {
            yield return new RunStep(places.Systemctl("enable", start));
            yield return new RunStep(places.Systemctl("restart", start));
        }
    }

    private static IEnumerable<RegistrationStep> Crontab(WatchPlaces places, PresentWatch present, DesiredWatch desired)
    {
        if (present.Crontab is { } crontab && CronLines.Find(crontab, places.TaskName) != desired.CrontabBlock)
        {
            // Other lines may hold secrets, and are nobody's business here.
            var shown = desired.CrontabBlock ?? "without " + CronLines.Find(crontab, places.TaskName);
            yield return new RunStep(["crontab", "-"], Input: CronLines.Replace(crontab, places.TaskName, desired.CrontabBlock), Shown: shown);
        }
    }

    private static IEnumerable<RegistrationStep> Task(WatchPlaces places, PresentWatch present, DesiredWatch desired)
    {
        if (desired.TaskXml is { } wanted)
        {
            if (present.TaskXml is { } there && TaskXml.IsAsWritten(there, wanted, places.Machine.SidOf))
            {
                yield break;
            }

            foreach (var command in desired.Preparations)
            {
                yield return new MakeFolderStep(command[1]);
                yield return new RunStep(command);
            }

            // Replacing a task leaves its process running, with the old settings.
            if (present.TaskXml is not null)
            {
                yield return End(places);
            }

            yield return new RunStep(["schtasks", "/Create", "/TN", places.Task, "/XML", RunStep.FileArgument, .. desired.TaskArguments, "/F"], File: wanted);
            yield return new RunStep(["schtasks", "/Run", "/TN", places.Task]);
        }
        else if (present.TaskXml is { } old && TaskXml.IsOurs(old))
        {
            yield return End(places);
            yield return new RunStep(["schtasks", "/Delete", "/TN", places.Task, "/F"]);
        }
    }

    // schtasks fails for a task that does not run.
    private static RunStep End(WatchPlaces places) => new(["schtasks", "/End", "/TN", places.Task], MayFail: true);

    private static bool IsOurs(string text) => text.StartsWith(WatchPlaces.Marker, StringComparison.Ordinal);
}
