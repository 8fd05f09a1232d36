using Amazon.EC2;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What a recovery works with.</summary>
internal sealed record RecoveryContext
{
    public required HostingInventory Inventory { get; init; }

    public required ApexSettings Apex { get; init; }

    public required IAmazonEC2 EC2 { get; init; }

    public required string Region { get; init; }

    public required ElasticIpReader Addresses { get; init; }

    public required ElasticIpOperations Moves { get; init; }

    public required InstanceLauncher Launcher { get; init; }

    public required InstanceReader Instances { get; init; }

    public required ApexJournal Journal { get; init; }

    public required OperationLock Locks { get; init; }

    public required ApexRoutes Routes { get; init; }

    /// <summary>A probe of one of the redirector's names, for a path and query.</summary>
    public required Func<ApexRedirect, string, IElasticIpProbe> ProbeOf { get; init; }

    public required RecoveryRedirectCheck Check { get; init; }

    public required IConfigPublisher Publisher { get; init; }

    public required IOperationReporter Reporter { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Makes the redirector's configuration, tested by nginx when that is asked for.</summary>
    public required Func<bool, CancellationToken, Task<ApexRedirectConfig>> ConfigAsync { get; init; }

    /// <summary>Asks the known-good addresses.</summary>
    public required Func<CancellationToken, Task<Health.ObserverSanity>> ObserveAsync { get; init; }
}
