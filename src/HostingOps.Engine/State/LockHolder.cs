namespace HostingOps.Engine.State;

/// <summary>Who works on a site.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="OperationId">The operation that holds the site.</param>
/// <param name="Holder">Who runs it, <c>user@machine</c>.</param>
/// <param name="ProcessId">The process, on its machine.</param>
/// <param name="AcquiredAt">Since when (UTC).</param>
/// <param name="ExpiresAt">When the lease runs out unless it is renewed (UTC).</param>
internal sealed record LockHolder(
    string SiteName, string OperationId, string Holder, int ProcessId, DateTimeOffset AcquiredAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The error for somebody who wanted the site too.</summary>
    public HostingException ToException() => new(
        ErrorIds.SiteBusy,
        HostingErrorCategory.Conflict,
        SiteName,
        FormattableString.Invariant(
            $"Site '{SiteName}' is being worked on by {Holder} (process {ProcessId}, operation {OperationId}) since {AcquiredAt:u}."),
        FormattableString.Invariant($"Wait until that operation ends. If its process is gone, the site is free after {ExpiresAt:u}."));
}
