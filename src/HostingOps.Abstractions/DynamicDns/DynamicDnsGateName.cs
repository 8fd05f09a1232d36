namespace HostingOps;

/// <summary>The conditions of a dynamic update. AddressAgreed and RecordWritable can't be overridden.</summary>
public enum DynamicDnsGateName : long
{
    /// <summary>Enough independent sources agree on the address.</summary>
    AddressAgreed,

    /// <summary>The address has been seen often enough, over long enough, without another or none in between.</summary>
    Settled,

    /// <summary>Enough time has passed since the last write.</summary>
    Floor,

    /// <summary>The uplink in use may be published.</summary>
    Uplink,

    /// <summary>The record is what this machine last knew it to be, or is seen for the first time.</summary>
    RecordKnown,

    /// <summary>The record is a simple address record, or there is none and nothing else has the name.</summary>
    RecordWritable,
}
