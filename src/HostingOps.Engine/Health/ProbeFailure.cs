namespace HostingOps.Engine.Health;

/// <summary>Why a probe got no usable answer.</summary>
/// <param name="Status">Down, or Unknown when the cause lies with this machine.</param>
/// <param name="Phase">How far it came.</param>
/// <param name="Reason">One clause without a full stop.</param>
internal sealed record ProbeFailure(SiteStatus Status, ProbePhase Phase, string Reason)
{
    /// <summary>Whether nothing at all came back from where the connection was to lead: no refusal either.</summary>
    public bool IsSilence { get; init; }
}
