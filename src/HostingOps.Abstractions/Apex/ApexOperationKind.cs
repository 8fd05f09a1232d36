namespace HostingOps;

/// <summary>What an operation on the apex does.</summary>
public enum ApexOperationKind : long
{
    /// <summary>Moves the Elastic IP to an instance that is there.</summary>
    Move,

    /// <summary>Puts a new redirector in the place of one that died.</summary>
    Restore,
}
