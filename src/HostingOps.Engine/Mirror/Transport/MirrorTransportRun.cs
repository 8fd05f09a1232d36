namespace HostingOps.Engine.Mirror.Transport;

/// <summary>One sending on its way to its result.</summary>
internal sealed class MirrorTransportRun(HostedSite site, string id, TimeProvider time)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    public HostedSite Site { get; } = site;

    public string Id { get; } = id;

    public SentFiles Files { get; set; } = new(new Dictionary<string, string>(), 0);

    /// <summary>What was current there.</summary>
    public string? Former { get; set; }

    public bool Resumed { get; set; }

    public int FilesSent { get; set; }

    public long BytesSent { get; set; }

    public IReadOnlyList<string> Pruned { get; set; } = [];

    public MirrorTransportResult Failed(string errorId, string reason) => Ended(MirrorTransportOutcome.Failed, errorId, reason);

    public MirrorTransportResult Ended(MirrorTransportOutcome outcome, string? errorId, string reason) => new()
    {
        SiteName = Site.Name,
        GenerationId = Id,
        HostName = Site.Secondary.Name,
        Destination = Site.Secondary.Ssh ?? "",
        Outcome = outcome,
        Reason = reason,
        ErrorId = errorId,
        FormerGenerationId = Former,
        Resumed = Resumed,
        Files = Files.Digests.Count,
        FilesSent = FilesSent,
        Bytes = Files.Bytes,
        BytesSent = BytesSent,
        Pruned = Pruned,
        StartedAt = startedAt,
        EndedAt = time.GetUtcNow(),
    };
}
