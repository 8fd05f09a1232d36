namespace HostingOps.Engine.Dns.Wire;

/// <summary>Bytes or text that are no valid DNS message, name or record value. The only error the decoders and parsers throw for bad input.</summary>
public sealed class DnsFormatException : FormatException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found and what was expected.</param>
    public DnsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error with its cause.</summary>
    public DnsFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
