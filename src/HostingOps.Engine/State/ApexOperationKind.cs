namespace HostingOps.Engine.State;

/// <summary>What an operation on the apex does.</summary>
internal enum ApexOperationKind
{
    /// <summary>Moves the Elastic IP to an instance that is there.</summary>
    Move,

    /// <summary>Puts a new redirector in the place of one that died.</summary>
    Restore,
}
