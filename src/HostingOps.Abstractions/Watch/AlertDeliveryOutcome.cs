namespace HostingOps;

/// <summary>What became of an alert on its way to one channel.</summary>
public enum AlertDeliveryOutcome : long
{
    /// <summary>To be sent, or to be tried again.</summary>
    Waiting,

    /// <summary>The channel has taken it.</summary>
    Sent,

    /// <summary>Given up: refused, or tried too often or too long. Send-HostingAlert sends it again.</summary>
    Undelivered,
}
