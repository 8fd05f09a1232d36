namespace HostingOps;

/// <summary>How the configuration reaches a new redirector.</summary>
public enum ApexConfigDelivery : long
{
    /// <summary>Within the user data, so that the instance needs nobody to begin its work.</summary>
    UserData,

    /// <summary>By ssh after the boot, because it is larger than user data may be.</summary>
    Ssh,
}
