namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>How a chain of CNAME records ends.</summary>
internal enum ChainEnd
{
    /// <summary>At addresses.</summary>
    Address,

    /// <summary>At a name without an address, or that does not exist.</summary>
    Nothing,

    /// <summary>It leads round in a circle.</summary>
    Loop,

    /// <summary>It goes on and on.</summary>
    TooLong,

    /// <summary>Somebody on the way did not answer.</summary>
    NotKnown,
}
