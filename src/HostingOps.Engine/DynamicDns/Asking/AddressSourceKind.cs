namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>How a source is asked.</summary>
internal enum AddressSourceKind
{
    /// <summary>A web service.</summary>
    Http,

    /// <summary>A name server that answers with the asker's address.</summary>
    Dns,

    /// <summary>A program, for example one that asks the router.</summary>
    Command,

    /// <summary>A network interface of this machine.</summary>
    Interface,
}
