using System.Globalization;
using System.Text;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>One HTTP/1.1 message with a counted body, kept byte for byte.</summary>
internal sealed record HttpMessage(string FirstLine, byte[] Bytes)
{
    /// <summary>Route 53's name for what a request asks; empty for whatever these tests don't tell apart.</summary>
    public string Action => FirstLine.Split(' ') switch
    {
        ["POST", var path, ..] when path.Contains("/rrset", StringComparison.Ordinal) => "ChangeResourceRecordSets",
        ["GET", var path, ..] when path.Contains("/change/", StringComparison.Ordinal) => "GetChange",
        _ => "",
    };

    /// <summary>Whether an answer says 200.</summary>
    public bool IsOk => FirstLine.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);

    /// <summary>The next message, or null when the sender has closed.</summary>
    public static async Task<HttpMessage?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(bytes))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. bytes]).Split("\r\n");
        var length = lines.Where(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(static line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture)).SingleOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new HttpMessage(lines[0], [.. bytes, .. body]);
    }

    private static bool EndsHead(List<byte> bytes) =>
        bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
}
