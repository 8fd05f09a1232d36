using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>An answer as it came: nothing followed, nothing decoded.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The connection was closed without an answer.</summary>
    public static RawAnswer None { get; } = new(0, new Dictionary<string, string>(), "");

    public string? Location => Headers.GetValueOrDefault("Location");
}

/// <summary>One connection over which requests are sent byte by byte, as no well-behaved client would.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient tcp;
    private readonly Stream stream;

    private RawClient(TcpClient tcp, Stream stream, string? thumbprint) => (this.tcp, this.stream, Thumbprint) = (tcp, stream, thumbprint);

    /// <summary>Of the certificate that the server showed.</summary>
    public string? Thumbprint { get; }

    /// <summary>Set once the server says that it will close.</summary>
    public bool Closing { get; private set; }

    public static async Task<RawClient> ConnectAsync(IPAddress address, int port, string? serverName, bool tls, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient(address.AddressFamily) { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(address, port, cancellationToken);
            if (!tls)
            {
                return new RawClient(tcp, tcp.GetStream(), null);
            }

            string? thumbprint = null;
            var secure = new SslStream(tcp.GetStream());
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName ?? "",
                    AllowTlsResume = false,

                    // The test looks at the certificate itself; to gather the system's roots for each of 10,000 costs more than the handshake.
                    CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true },
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    {
                        thumbprint = certificate?.GetCertHashString();
                        return true;
                    },
                },
                cancellationToken);
            return new RawClient(tcp, secure, thumbprint);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    public Task<RawAnswer> GetAsync(string target, string? host, CancellationToken cancellationToken) =>
        SendAsync($"GET {target} HTTP/1.1\r\n{(host is null ? "" : $"Host: {host}\r\n")}\r\n", cancellationToken);

    public async Task<RawAnswer> SendAsync(string request, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        }
        catch (IOException)
        {
            // A server may answer, and close, before it has heard all: what it said counts.
        }

        var received = new StringBuilder();
        var buffer = new byte[8192];
        int end;
        while ((end = received.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            if (await ReadAsync(received, buffer, cancellationToken) == 0)
            {
                Closing = true;
                return RawAnswer.None;
            }
        }

        var lines = received.ToString()[..end].Split("\r\n");
        var headers = lines.Skip(1).Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), System.Globalization.CultureInfo.InvariantCulture);
        while (received.Length < end + 4 + length && await ReadAsync(received, buffer, cancellationToken) > 0)
        {
        }

        Closing = string.Equals(headers.GetValueOrDefault("Connection"), "close", StringComparison.OrdinalIgnoreCase);
        return new RawAnswer(int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers, received.ToString()[(end + 4)..]);
    }

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }

    private async Task<int> ReadAsync(StringBuilder received, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await stream.ReadAsync(buffer, cancellationToken);
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            return count;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
