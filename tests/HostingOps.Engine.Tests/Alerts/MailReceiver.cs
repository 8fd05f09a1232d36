using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>A mail server that speaks SMTP, with STARTTLS and AUTH LOGIN when a test wants them, and refuses what it shall.</summary>
internal sealed class MailReceiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();

    public MailReceiver()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        listener.Start();
        _ = ServeAsync();
    }

    public X509Certificate2 Certificate { get; }

    public bool OffersTls { get; set; }

    public bool IsSilent { get; set; }

    /// <summary>The answer to a command line instead of the usual one, or null.</summary>
    public Func<string, string?> Say { get; set; } = static _ => null;

    /// <summary>Every line that came, and whether it came through TLS.</summary>
    public ConcurrentQueue<(string Line, bool IsProtected)> Lines { get; } = new();

    public ConcurrentQueue<string> Mails { get; } = new();

    public SemaphoreSlim Connected { get; } = new(0);

    public string Server => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        Certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            Stream stream = client.GetStream();
            Connected.Release();
            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }

            await SayAsync(stream, "220 localhost ready");
            while (await LineAsync(stream) is { } line)
            {
                Lines.Enqueue((line, stream is SslStream));
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (Say(line) is { } said)
                {
                    await SayAsync(stream, said);
                }
                else if (verb == "EHLO")
                {
                    await SayAsync(stream, stream is SslStream ? "250-localhost\r\n250 AUTH LOGIN" : OffersTls ? "250-localhost\r\n250 STARTTLS" : "250 localhost");
                }
                else if (verb == "STARTTLS")
                {
                    await SayAsync(stream, "220 go ahead");
                    var protectedStream = new SslStream(stream);
                    await protectedStream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
                    stream = protectedStream;
                }
                else if (verb == "AUTH")
                {
                    if (line.Split(' ').Length < 3)
                    {
                        await SayAsync(stream, "334 VXNlcm5hbWU6");
                        Lines.Enqueue(((await LineAsync(stream))!, stream is SslStream));
                    }

                    await SayAsync(stream, "334 UGFzc3dvcmQ6");
                    var password = (await LineAsync(stream))!;
                    Lines.Enqueue((password, stream is SslStream));
                    await SayAsync(stream, Say("PASS") ?? "235 come in");
                }
                else if (verb == "DATA")
                {
                    await SayAsync(stream, "354 go on");
                    var mail = new StringBuilder();
                    while (await LineAsync(stream) is { } text && text != ".")
                    {
                        mail.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append('\n');
                    }

                    Mails.Enqueue(mail.ToString());
                    await SayAsync(stream, "250 taken");
                }
                else
                {
                    await SayAsync(stream, verb == "QUIT" ? "221 bye" : "250 ok");
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or would not go on.
        }
    }

    private async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), stop.Token);

    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
