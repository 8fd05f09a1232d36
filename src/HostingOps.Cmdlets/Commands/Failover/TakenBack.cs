namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Which switches of a journal have been taken back.</summary>
internal sealed class TakenBack(IReadOnlyList<FailoverHistoryEntry> history)
{
    /// <summary>The sites that the operation has switched, or may have before it was cut off; none when there is no such operation.</summary>
    /// <param name="operationId">The operation's id or its beginning.</param>
    public IReadOnlyList<string> SitesOf(string operationId) =>
        [.. history.Where(entry => Is(entry, operationId) && (Switched(entry) || entry.Resumable)).Select(entry => entry.SiteName).Distinct(StringComparer.Ordinal)];

    /// <summary>The operation that took a site's switch back and was not itself taken back, or null.</summary>
    /// <param name="operationId">The operation's id or its beginning.</param>
    /// <param name="siteName">The site.</param>
    public string? By(string operationId, string siteName) =>
        history.FirstOrDefault(entry =>
            entry.SiteName == siteName
            && entry.UndoOf is { } undone && undone.StartsWith(operationId, StringComparison.OrdinalIgnoreCase)
            && Switched(entry)
            && By(entry.OperationId, siteName) is null)?.OperationId;

    private static bool Is(FailoverHistoryEntry entry, string operationId) =>
        entry.OperationId.StartsWith(operationId, StringComparison.OrdinalIgnoreCase);

    private static bool Switched(FailoverHistoryEntry entry) =>
        entry.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings;
}
