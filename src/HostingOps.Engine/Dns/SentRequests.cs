namespace HostingOps.Engine.Dns;

/// <summary>What an operation has sent for a switch without hearing what became of it.</summary>
/// <param name="OperationId">The operation that the requests' marker names, or null when they carried none.</param>
/// <param name="Lost">
/// Batch numbers of the requests whose answers were lost. Empty: none was sent, or Route 53 has refused each, so that the
/// operation has certainly not made the switch.
/// </param>
internal sealed record SentRequests(string? OperationId, IReadOnlyCollection<int> Lost)
{
    /// <summary>Nothing was sent, or all of it was refused.</summary>
    public static SentRequests None { get; } = new(null, []);
}
