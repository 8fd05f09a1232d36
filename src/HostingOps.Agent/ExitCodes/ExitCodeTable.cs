namespace HostingOps.Agent.ExitCodes;

/// <summary>The one table from errors, outcomes and statuses to exit codes.</summary>
internal static class ExitCodeTable
{
    // When several sites end differently: first what somebody must look at soonest.
    private static readonly ExitCode[] MostUrgentFirst =
    [
        ExitCode.Interrupted,
        ExitCode.NotProven,
        ExitCode.Error,
        ExitCode.Usage,
        ExitCode.Conflict,
        ExitCode.Refused,
        ExitCode.Down,
        ExitCode.Undetermined,
        ExitCode.Unprinted,
        ExitCode.Success,
    ];

    /// <summary>Every code with what it means, as the help shows it.</summary>
    public static IReadOnlyList<(ExitCode Code, string Meaning)> Meanings { get; } =
    [
        (ExitCode.Success, "fine: every site is, or ended, where it should"),
        (ExitCode.Error, "an error; stderr says which"),
        (ExitCode.Usage, "the command line is wrong, or needs --yes"),
        (ExitCode.Down, "check, watch --once: a site is down"),
        (ExitCode.Refused, "refused by a gate, or at the question"),
        (ExitCode.Conflict, "somebody else changed or holds the site"),
        (ExitCode.NotProven, "switched but not proven, or not known whether switched"),
        (ExitCode.Undetermined, "nothing is known to be down, but of some sites, or of the public address, it can't be told"),
        (ExitCode.Unprinted, "done, but the output could not be written to its end"),
        (ExitCode.Interrupted, "interrupted; `hostingops resume` finishes what was begun"),
    ];

    /// <summary>The code for an error.</summary>
    public static ExitCode For(HostingException error) => (error.ErrorId, error.Category) switch
    {
        (ErrorIds.Interrupted, _) => ExitCode.Interrupted,
        (ErrorIds.ConfirmationRequired, _) => ExitCode.Usage,
        (ErrorIds.ChangeOutcomeUnknown or ErrorIds.ChangeNotInSync, _) => ExitCode.NotProven,

        (ErrorIds.ZoneChangeRefused, HostingErrorCategory.LimitsExceeded) => ExitCode.Refused,

        // AWS refused what we asked of it, not the user's words; a conflict keeps its code.
        (ErrorIds.AwsRequestFailed, HostingErrorCategory.InvalidArgument) => ExitCode.Error,

        // The command line is right; it is the operation that is not in a state for it.
        (ErrorIds.OperationNotResumable or ErrorIds.OperationNotUndoable, _) => ExitCode.Error,
        (_, HostingErrorCategory.InvalidArgument) => ExitCode.Usage,
        (_, HostingErrorCategory.Refused) => ExitCode.Refused,
        (_, HostingErrorCategory.Conflict) => ExitCode.Conflict,
        (_, HostingErrorCategory.VerificationFailed) => ExitCode.NotProven,
        _ => ExitCode.Error,
    };

    /// <summary>The code for an error that broke an operation off: Error promises unchanged records, so not where a switch was begun.</summary>
    /// <param name="error">What broke it off.</param>
    /// <param name="open">Its sites that have no end in the journal.</param>
    public static ExitCode For(HostingException error, IEnumerable<FailoverHistoryEntry> open) => For(error) switch
    {
        ExitCode.Error when open.Any(static entry => entry.LastStep >= FailoverStep.Switch) => ExitCode.NotProven,
        var code => code,
    };

    /// <summary>The code for one site's end.</summary>
    public static ExitCode For(FailoverOutcome outcome) => outcome switch
    {
        FailoverOutcome.Succeeded or FailoverOutcome.Unchanged => ExitCode.Success,
        FailoverOutcome.Refused => ExitCode.Refused,
        FailoverOutcome.Conflict => ExitCode.Conflict,
        FailoverOutcome.SwitchedWithWarnings or FailoverOutcome.Unknown or FailoverOutcome.InProgress => ExitCode.NotProven,
        _ => ExitCode.Error,
    };

    /// <summary>The code for one change of a zone.</summary>
    public static ExitCode For(DnsRecordChangeOutcome outcome) => outcome switch
    {
        DnsRecordChangeOutcome.Applied or DnsRecordChangeOutcome.AlreadyThere => ExitCode.Success,
        DnsRecordChangeOutcome.Conflict => ExitCode.Conflict,
        DnsRecordChangeOutcome.NotProven or DnsRecordChangeOutcome.Unknown => ExitCode.NotProven,
        _ => ExitCode.Error,
    };

    /// <summary>The code for one dynamic record. Waiting is what it is meant to do.</summary>
    public static ExitCode For(DynamicDnsResult result)
    {
        var own = result.Outcome switch
        {
            DynamicDnsOutcome.Unchanged or DynamicDnsOutcome.Waiting or DynamicDnsOutcome.Updated => ExitCode.Success,
            DynamicDnsOutcome.AddressUnknown => ExitCode.Undetermined,
            DynamicDnsOutcome.Refused => ExitCode.Refused,
            DynamicDnsOutcome.Conflict => ExitCode.Conflict,
            DynamicDnsOutcome.Unknown or DynamicDnsOutcome.UpdatedUnproven => ExitCode.NotProven,
            _ => ExitCode.Error,
        };
        var told = result.UplinkChange is { Alerted: false } ? ExitCode.Error : ExitCode.Success;
        return Worst([own, told, .. (result.UplinkChange?.Failovers ?? []).Select(static move => For(move.Outcome))]);
    }

    /// <summary>The code for one checked site. Degraded still serves.</summary>
    public static ExitCode For(SiteStatus status) => status switch
    {
        SiteStatus.Healthy or SiteStatus.Degraded => ExitCode.Success,
        SiteStatus.Down => ExitCode.Down,
        _ => ExitCode.Undetermined,
    };

    /// <summary>The code for one watched site on its active host. A pause or a window says nothing against it.</summary>
    public static ExitCode For(WatchState state) => state switch
    {
        WatchState.Healthy or WatchState.Paused or WatchState.Maintenance => ExitCode.Success,
        WatchState.Down => ExitCode.Down,
        _ => ExitCode.Undetermined,
    };

    /// <summary>The code for a plan that is only shown.</summary>
    public static ExitCode For(SiteFailoverPlan plan) => plan.Allowed ? ExitCode.Success : ExitCode.Refused;

    /// <summary>The most urgent of several; Success when there are none.</summary>
    public static ExitCode Worst(IEnumerable<ExitCode> codes)
    {
        var seen = codes.ToHashSet();
        return MostUrgentFirst.FirstOrDefault(seen.Contains, ExitCode.Success);
    }
}
