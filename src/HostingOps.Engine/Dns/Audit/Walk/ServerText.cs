using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>Name servers in words.</summary>
internal static class ServerText
{
    private const int DnsPort = 53;

    // What stands for a server that was given by its address.
    private static readonly DnsName Nameless = DnsName.Parse("invalid");

    /// <summary><c>ns1.example.net (192.0.2.53)</c>; the port only when it is not 53.</summary>
    public static string Of(DnsName name, IPEndPoint endpoint)
    {
        var where = endpoint.Port == DnsPort ? endpoint.Address.ToString() : endpoint.ToString();
        return name.IsAtOrBelow(Nameless) ? where : $"{name} ({where})";
    }

    /// <summary>Why an answer is not one for the zone, as a clause whose subject is the server.</summary>
    public static string WhyLame(DnsMessage message) => message.ResponseCode switch
    {
        DnsResponseCode.Refused => "refuses to answer (REFUSED)",
        DnsResponseCode.ServerFailure => "fails (SERVFAIL)",
        DnsResponseCode.NotAuthoritative => "says that it does not serve the zone (NOTAUTH)",
        DnsResponseCode.NoError or DnsResponseCode.NameError => "answers without authority: it does not serve the zone",
        _ => $"answers {message.ResponseCode}",
    };
}
