namespace HostingOps.Bench.Certainty;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>Nothing that was drawn: background loss, a slow answer.</summary>
    Background,
    HostDeath,
    ServiceDeath,
    HostReboot,
    HostBlip,
    HostFlapping,
    ProviderOutage,
    ProviderBlip,
    SlowSpell,
    ServerErrors,
    LastingErrors,
    DeployBlip,
    CertificateExpiry,
    HeadRefused,
    ObserverCut,
    ObserverPathCut,
    LossBurst,
}
