<#
.SYNOPSIS
    Answers on loopback as STS and as the SSO portal, passes Route 53 on to a sandbox, and notes whose key signed each call.
.DESCRIPTION
    The keys that it gives out name what they were given for: KEY<role> for a role, SSOKEY for a session of SSO.
#>
param([Parameter(Mandatory)][string] $Route53)

$listener = [System.Net.HttpListener]::new()
for ($try = 0; -not $listener.IsListening; $try++) {
    $url = "http://127.0.0.1:$(Get-Random -Minimum 20000 -Maximum 60000)/"
    $listener.Prefixes.Clear()
    $listener.Prefixes.Add($url)
    try {
        $listener.Start()
    }
    catch [System.Net.HttpListenerException] {
        if ($try -ge 20) { throw }
        $listener = [System.Net.HttpListener]::new()
    }
}

$calls = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
$shell = [powershell]::Create().AddScript({
    param($listener, $calls, $route53)
    $client = [System.Net.Http.HttpClient]::new()
    while ($listener.IsListening) {
        try {
            $context = $listener.GetContext()
        }
        catch {
            # The listener was stopped.
            return
        }

        $request = $context.Request
        $body = [System.IO.StreamReader]::new($request.InputStream).ReadToEnd()
        $key = [regex]::Match("$($request.Headers['Authorization'])", 'Credential=(\w+)/').Groups[1].Value
        $form = [System.Web.HttpUtility]::ParseQueryString($body)
        $type = 'text/xml'
        $status = 200
        $action = $form['Action']
        if ($action) {
            $service = 'sts'
            $role = $form['RoleArn'] -replace '.*/'
            $text = "<${action}Response xmlns=`"https://sts.amazonaws.com/doc/2011-06-15/`"><${action}Result><Credentials><AccessKeyId>KEY$role</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>"
        }
        elseif ($request.Url.AbsolutePath -eq '/federation/credentials') {
            $service = 'sso'
            $key = $request.Headers['x-amz-sso_bearer_token']
            $type = 'application/json'
            $text = '{"roleCredentials":{"accessKeyId":"SSOKEY","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}'
        }
        else {
            $service = 'route53'
            $message = [System.Net.Http.HttpRequestMessage]::new($request.HttpMethod, $route53 + $request.RawUrl)
            foreach ($name in 'Authorization', 'X-Amz-Date') {
                $null = $message.Headers.TryAddWithoutValidation($name, $request.Headers[$name])
            }

            $answer = $client.Send($message)
            $status = [int]$answer.StatusCode
            $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        }

        $calls.Enqueue([pscustomobject]@{ Service = $service; Key = $key })
        $bytes = [Text.Encoding]::UTF8.GetBytes($text)
        $context.Response.StatusCode = $status
        $context.Response.ContentType = $type
        $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
        $context.Response.Close()
    }
}).AddArgument($listener).AddArgument($calls).AddArgument($Route53)
$null = $shell.BeginInvoke()

[pscustomobject]@{ Url = $url.TrimEnd('/'); Calls = $calls; Listener = $listener; Shell = $shell } |
    Add-Member -MemberType ScriptMethod -Name Stop -Value { $this.Listener.Close(); $this.Shell.Dispose() } -PassThru
