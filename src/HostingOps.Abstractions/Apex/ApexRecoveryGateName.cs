namespace HostingOps;

/// <summary>The conditions of a recovery of the bare domains' redirector.</summary>
public enum ApexRecoveryGateName : long
{
    /// <summary>No other recovery of this address is unfinished.</summary>
    NothingOpen,

    /// <summary>The redirector does not redirect any more, or its replacement is planned.</summary>
    RedirectorDown,

    /// <summary>This machine sees the world well enough for that to count.</summary>
    ObserverSane,

    /// <summary>What an instance needs is in the inventory, or is known from the former redirector.</summary>
    SettingsComplete,

    /// <summary>The configuration can be made, and nginx takes it when this machine has nginx.</summary>
    ConfigurationValid,

    /// <summary>The configuration can reach the instance: within the user data, or by ssh after the boot.</summary>
    ConfigurationTravels,

    /// <summary>There is an image to launch from.</summary>
    ImageFound,

    /// <summary>There is a healthy availability zone to launch in.</summary>
    ZoneHealthy,

    /// <summary>EC2 would let the caller launch the instance, by a dry run.</summary>
    LaunchPermitted,

    /// <summary>EC2 would let the caller move the address, by a dry run.</summary>
    MovePermitted,

    /// <summary>EC2 would let the caller terminate the former redirector, by a dry run.</summary>
    TerminatePermitted,
}
