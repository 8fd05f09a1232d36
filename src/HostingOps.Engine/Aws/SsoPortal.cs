using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.SharedInterfaces;

namespace HostingOps.Engine.Aws;

/// <summary>Exchanges the token of an SSO sign-in for a role's session: GetRoleCredentials of the SSO portal's API.</summary>
internal sealed class SsoPortal(SsoHttp http) : ICoreAmazonSSO
{
    public async Task<ImmutableCredentials> CredentialsFromSsoAccessTokenAsync(
        string accountId, string roleName, string accessToken, IDictionary<string, object> additionalProperties)
    {
        var path = $"federation/credentials?account_id={Uri.EscapeDataString(accountId)}&role_name={Uri.EscapeDataString(roleName)}";
        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, http.Url(path))
        {
            Headers = { { "x-amz-sso_bearer_token", accessToken } },
        }).ConfigureAwait(false);
        return SsoHttp.Read(answer, static root =>
        {
            var session = root.GetProperty("roleCredentials");
            return new SSOImmutableCredentials(
                session.GetProperty("accessKeyId").GetString(),
                session.GetProperty("secretAccessKey").GetString(),
                session.GetProperty("sessionToken").GetString(),
                DateTimeOffset.FromUnixTimeMilliseconds(session.GetProperty("expiration").GetInt64()).UtcDateTime);
        });
    }
}
