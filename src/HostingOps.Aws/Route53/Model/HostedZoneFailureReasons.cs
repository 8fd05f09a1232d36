namespace Amazon.Route53.Model;

/// <summary>Why a feature of a hosted zone could not be switched on.</summary>
public sealed class HostedZoneFailureReasons
{
    /// <summary>Why accelerated recovery failed.</summary>
    public string? AcceleratedRecovery { get; set; }
}
