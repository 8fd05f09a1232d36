namespace Amazon.Route53.Model;

/// <summary>Features switched on for a hosted zone.</summary>
public sealed class HostedZoneFeatures
{
    /// <summary>State of accelerated recovery.</summary>
    public AcceleratedRecoveryStatus? AcceleratedRecoveryStatus { get; set; }

    /// <summary>Why a feature failed.</summary>
    public HostedZoneFailureReasons? FailureReasons { get; set; }
}
