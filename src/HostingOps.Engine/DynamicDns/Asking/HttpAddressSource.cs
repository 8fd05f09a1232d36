using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>
/// Asks a web service over one address family, as a captive portal, a proxy or a liar may answer it: no redirect is followed,
/// no proxy asked, certificates hold, and the body is one address.
/// </summary>
/// <param name="resolve">Resolves a name to addresses of one family.</param>
/// <param name="extraRoots">Roots to trust besides the machine's, or null.</param>
internal sealed class HttpAddressSource(
    Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> resolve, X509Certificate2Collection? extraRoots)
{
    private const int NetworkAuthenticationRequired = 511;

    public async Task<AddressReading> AskAsync(AddressSource source, AddressFamily family, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 16,
            ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, family, token),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors),
            },
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Url);
        request.Headers.TryAddWithoutValidation("User-Agent", "HostingOps");
        request.Headers.TryAddWithoutValidation("Accept", "text/plain, application/json");
        request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache");
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return await ReadAsync(response, family, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            return Failed(failure);
        }
        catch (IOException failure)
        {
            return AddressReading.None($"broke off: {Clause(failure.Message)}");
        }
    }

    private static async Task<AddressReading> ReadAsync(HttpResponseMessage response, AddressFamily family, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return AddressReading.Refused(FormattableString.Invariant($"answers {status}, a redirect, as a captive portal does; none is followed"));
        }

        if (status == NetworkAuthenticationRequired)
        {
            return AddressReading.Refused("answers 511: a captive portal wants a login (RFC 6585)");
        }

        if (status != 200)
        {
            return AddressReading.Refused(FormattableString.Invariant($"answers {status} where 200 was expected"));
        }

        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            return AddressReading.Refused("answers in a content coding that was not asked for");
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[AddressText.MostBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return AddressText.Read(buffer.AsSpan(0, length), family);
        }
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, AddressFamily family, CancellationToken cancellationToken)
    {
        var addresses = await resolve(target.Host, family, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.AddressFamilyNotSupported);
        }

        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || extraRoots is null || certificate is not X509Certificate2 leaf)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(extraRoots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }

    private static AddressReading Failed(HttpRequestException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return AddressReading.Refused("has a certificate that is not valid for it, as one has who stands between");
                case SocketException { SocketErrorCode: SocketError.AddressFamilyNotSupported }:
                    return AddressReading.None("has no address of that family, or this machine has none");
                case SocketException socket:
                    return AddressReading.None($"can't be reached: {Clause(socket.Message)}");
            }
        }

        return AddressReading.None($"gave no readable answer: {Clause(failure.Message)}");
    }

    private static string Clause(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
