using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>One source of this machine's public address, read from its text.</summary>
internal sealed record AddressSource
{
    private const string DnsPrefix = "dns:";
    private const string InterfacePrefix = "interface:";
    private const string CommandPrefix = "command:";
    private const int DnsPort = 53;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How it is asked.</summary>
    public required AddressSourceKind Kind { get; init; }

    /// <summary>Its text, by which it is named.</summary>
    public required string Text { get; init; }

    /// <summary>Who runs it, as far as its name tells.</summary>
    public required string Operator { get; init; }

    /// <summary>The address of a web service.</summary>
    public Uri? Url { get; init; }

    /// <summary>The name that a name server is asked for.</summary>
    public DnsName? Name { get; init; }

    /// <summary>A, AAAA or TXT; null for the type of the address family.</summary>
    public DnsRecordType? Type { get; init; }

    /// <summary>The class of the question.</summary>
    public DnsClass Class { get; init; } = DnsClass.IN;

    /// <summary>The name server, by name or address.</summary>
    public string Server { get; init; } = "";

    /// <summary>The name server's port.</summary>
    public int Port { get; init; } = DnsPort;

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Argv { get; init; } = [];

    /// <summary>The interface's name.</summary>
    public string Interface { get; init; } = "";

    /// <summary>The text of a command.</summary>
    public static string CommandText(IEnumerable<string> argv) => CommandPrefix + JsonSerializer.Serialize(argv, Readable);

    /// <summary>The text of an interface.</summary>
    public static string InterfaceText(string name) => InterfacePrefix + name;

    /// <summary>Reads a source.</summary>
    /// <exception cref="HostingException">InvalidArgument.</exception>
    public static AddressSource Parse(string text) => TryParse(text, out var problem) ?? throw new HostingException(
        ErrorIds.InvalidArgument,
        HostingErrorCategory.InvalidArgument,
        Shown(text),
        $"'{Shown(text)}' is no source of an address: {problem}.",
        "Write https://ip.example/, dns:myip.example@192.0.2.53, dns:name/TXT/CH@server, interface:eth0 or command:[\"program\",\"argument\"].");

    /// <summary>Reads a source, or says why it is none.</summary>
    public static AddressSource? TryParse(string text, out string? problem)
    {
        problem = null;
        return text.StartsWith(DnsPrefix, StringComparison.Ordinal) ? ReadDns(text, out problem)
            : text.StartsWith(InterfacePrefix, StringComparison.Ordinal) ? ReadInterface(text, out problem)
            : text.StartsWith(CommandPrefix, StringComparison.Ordinal) ? ReadCommand(text, out problem)
            : ReadUrl(text, out problem);
    }

    /// <summary>Whether the answer could have been written by anybody on the way: http, other than to this machine.</summary>
    public bool IsPlain => Url is { } url && url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback;

    private static AddressSource? ReadUrl(string text, out string? problem)
    {
        problem = !AddressSyntax.IsWebAddress(text) ? "neither an address that begins with https:// nor dns:, interface: or command:"
            : new Uri(text).UserInfo.Length > 0 ? "a user name or password in it would stand in views and logs"
            : null;
        if (problem is not null)
        {
            return null;
        }

        var url = new Uri(text);
        return new AddressSource { Kind = AddressSourceKind.Http, Text = text, Url = url, Operator = OperatorOf(url.IdnHost, url.Authority) };
    }

    private static AddressSource? ReadDns(string text, out string? problem)
    {
        var at = text.LastIndexOf('@');
        var question = at < 0 ? [] : text[DnsPrefix.Length..at].Split('/');
        if (question.Length is 0 or > 3 || question[0].Length == 0)
        {
            problem = "dns:name@server, dns:name/type@server or dns:name/type/class@server was expected";
            return null;
        }

        DnsRecordType? type = question.Length < 2 ? null : question[1] switch
        {
            "A" => DnsRecordType.A,
            "AAAA" => DnsRecordType.AAAA,
            "TXT" => DnsRecordType.TXT,
            _ => DnsRecordType.ANY,
        };
        DnsClass? questionClass = question.Length < 3 ? DnsClass.IN : question[2] switch { "IN" => DnsClass.IN, "CH" => DnsClass.CH, _ => null };
        var server = ReadServer(text[(at + 1)..]);
        problem = type == DnsRecordType.ANY ? "the type is one of A, AAAA and TXT"
            : questionClass is null ? "the class is one of IN and CH"
            : server is null ? "after the @ stands a name server, by name or address, with a port or without"
            : null;
        try
        {
            var name = DnsName.Parse(question[0]);
            return problem is not null ? null : new AddressSource
            {
                Kind = AddressSourceKind.Dns,
                Text = text,
                Name = name,
                Type = type,
                Class = questionClass!.Value,
                Server = server!.Value.Host,
                Port = server.Value.Port,
                Operator = OperatorOf(question[0].TrimEnd('.').ToLowerInvariant(), text),
            };
        }
        catch (DnsFormatException)
        {
            problem = "what stands before the @ is no domain name";
            return null;
        }
    }

    private static (string Host, int Port)? ReadServer(string text)
    {
        if (AddressSyntax.IsEndpoint(text, allowName: false, portOptional: true))
        {
            var endpoint = AuthoritativeServers.ParseEndpoint(text);
            return (endpoint.Address.ToString(), endpoint.Port);
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var named = AddressSyntax.IsEndpoint(host + ":53", allowName: true, portOptional: false) && (colon < 0 || AddressSyntax.IsPort(text[(colon + 1)..]));
        return named ? (host, colon < 0 ? DnsPort : int.Parse(text[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture)) : null;
    }

    private static AddressSource? ReadInterface(string text, out string? problem)
    {
        var name = text[InterfacePrefix.Length..];
        problem = name.Length == 0 || name.Any(char.IsControl) ? "after interface: stands the name of one, for example eth0" : null;
        return problem is null ? new AddressSource { Kind = AddressSourceKind.Interface, Text = text, Interface = name, Operator = text } : null;
    }

    private static AddressSource? ReadCommand(string text, out string? problem)
    {
        var rest = text[CommandPrefix.Length..].Trim();
        string[]? argv;
        try
        {
            argv = rest.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(rest) : rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (JsonException)
        {
            argv = null;
        }

        problem = argv is not { Length: > 0 } || string.IsNullOrEmpty(argv[0]) || argv.Any(static argument => argument is null || argument.Any(char.IsControl))
            ? "after command: stand a program and its arguments, as a JSON list or with spaces between"
            : null;
        return problem is null
            ? new AddressSource { Kind = AddressSourceKind.Command, Text = CommandText(argv!), Argv = argv!, Operator = "command " + Path.GetFileNameWithoutExtension(argv![0]) }
            : null;
    }

    // api.ipify.org and api64.ipify.org are one company. Under co.uk two companies count as one, which only asks for one source more.
    private static string OperatorOf(string host, string otherwise)
    {
        var labels = host.TrimEnd('.').Split('.');
        return IPAddress.TryParse(host, out _) || labels.Length < 2 ? otherwise : string.Join('.', labels[^2..]);
    }

    private static string Shown(string text)
    {
        var shown = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? text.Replace(url.UserInfo + "@", "", StringComparison.Ordinal) : text;
        return string.Concat(shown.Select(static character => char.IsControl(character) ? '\uFFFD' : character));
    }
}
