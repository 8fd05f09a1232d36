namespace HostingOps.Engine.State;

/// <summary>What the journal reports.</summary>
internal static class JournalErrors
{
    /// <summary>The hash chain is broken at that entry.</summary>
    public static HostingException Tampered(long sequence, string problem) => new(
        ErrorIds.JournalTampered,
        HostingErrorCategory.InvalidData,
        sequence,
        FormattableString.Invariant($"The journal's hash chain is broken at entry {sequence}: {problem}."),
        "Somebody, or a failing disk, changed the state database. Look at the records with Get-SiteDnsTarget and set them by hand with "
            + "Set-SiteDnsTarget; move the state database away and keep it to find out what happened.");

    /// <summary>No such operation, or no such site in it.</summary>
    public static HostingException NotFound(string operationId, string? siteName = null) => new(
        ErrorIds.OperationNotFound,
        HostingErrorCategory.ObjectNotFound,
        operationId,
        siteName is null
            ? $"The journal has no operation '{operationId}'."
            : $"The journal has no site '{siteName}' in operation '{operationId}'.",
        "List the operations with Get-SiteFailoverHistory. Each state database has its own journal.");

    /// <summary>The beginning of an id fits several operations.</summary>
    public static HostingException Ambiguous(string prefix, IReadOnlyList<string> some) => new(
        ErrorIds.InvalidArgument,
        HostingErrorCategory.Ambiguous,
        prefix,
        $"The operation id '{prefix}' is the beginning of several ids: {string.Join(", ", some)}{(some.Count > 2 ? ", …" : "")}.",
        "Give more of the id's characters.");

    /// <summary>An argument does not fit.</summary>
    public static HostingException Invalid(string? target, string message) =>
        new(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, target, message);
}
