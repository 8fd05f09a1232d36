namespace HostingOps.Sandbox.Route53;

/// <summary>A change and when it reaches the name servers.</summary>
/// <param name="Id">The id without <c>/change/</c>.</param>
/// <param name="SubmittedAt">When it was accepted (UTC).</param>
/// <param name="InSyncAt">When its status becomes INSYNC (UTC).</param>
/// <param name="Comment">The batch's comment, or null.</param>
internal sealed record ChangeInfo(string Id, DateTimeOffset SubmittedAt, DateTimeOffset InSyncAt, string? Comment)
{
    /// <summary><c>PENDING</c> or <c>INSYNC</c>.</summary>
    public string Status(DateTimeOffset now) => now >= InSyncAt ? "INSYNC" : "PENDING";
}
