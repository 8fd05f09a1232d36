namespace HostingOps.Engine.Dns.Wire;

/// <summary>
/// Names as Route 53 writes them: lower case, with a trailing dot, and every byte but a-z, 0-9, <c>-</c> and <c>_</c>
/// as <c>\ooo</c> in octal (<c>*</c> is <c>\052</c>). Source: "DNS domain name format" of the Route 53 developer guide.
/// </summary>
public static class Route53Name
{
    /// <summary>The name in the form this product keeps: escapes decoded, lower case, no trailing dot. <see cref="DnsName.Parse"/> reads it.</summary>
    /// <exception cref="DnsFormatException">No valid name: labels have 1 to 63 bytes, names up to 255.</exception>
    public static string Decode(string route53Name) => Parse(route53Name).ToLower().ToString();

    /// <summary>The name as Route 53 lists it: lower case, octal escapes, trailing dot.</summary>
    /// <param name="name">A name in presentation form.</param>
    /// <exception cref="DnsFormatException">No valid name.</exception>
    public static string Encode(string name) => Encode(DnsName.Parse(name).ToLower());

    /// <summary>As <see cref="Encode(string)"/>, with the case kept.</summary>
    public static string Encode(DnsName name) => name.IsRoot ? "." : DnsNameText.Write(name.Wire, DnsNameText.Octal) + ".";

    /// <summary>The name, with its case. Characters that Route 53 would escape are taken bare as well.</summary>
    /// <exception cref="DnsFormatException">No valid name.</exception>
    public static DnsName Parse(string route53Name) =>
        new(DnsNameText.TryRead(route53Name, DnsNameText.Octal, out var problem)
            ?? throw new DnsFormatException($"'{route53Name}' is no domain name: {problem}"));
}
