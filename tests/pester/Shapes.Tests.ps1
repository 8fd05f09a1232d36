# What becomes of our objects on their way out of PowerShell: JSON, CLIXML, jobs, strings.
BeforeDiscovery {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1'))
    . (Join-Path $PSScriptRoot 'Samples.ps1')
    $types = (Get-ViewSample ([DateTimeOffset]::UtcNow)).Keys | ForEach-Object { @{ Type = $_ } }
    # The sample of a sandbox is a bag of properties; Colours.Tests.ps1 has a real one.
    $written = $types | Where-Object { $_.Type -ne 'HostingSandbox' }
    $enumerations = [HostingOps.HostedSite].Assembly.GetExportedTypes() | Where-Object IsEnum | ForEach-Object { @{ Type = $_.FullName } }
}

BeforeAll {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    . (Join-Path $PSScriptRoot 'Samples.ps1')
    $samples = Get-ViewSample ([DateTimeOffset]::UtcNow)

    # Every record within the live object must be one in what came back, with each of its properties.
    function Assert-SameShape($Live, $Again, [string] $At) {
        $Again.pstypenames[0] | Should -BeExactly "Deserialized.$($Live.pstypenames[0])" -Because $At
        foreach ($property in $Live.psobject.Properties | Where-Object IsGettable) {
            $here = "$At.$($property.Name)"
            $Again.psobject.Properties.Name | Should -Contain $property.Name -Because $here
            $value = $property.Value
            $other = $Again.($property.Name)
            if ($null -eq $value) {
                $other | Should -BeNullOrEmpty -Because $here
            }
            elseif ($value -is [enum] -or $value -is [string] -or $value -is [timespan] -or $value.GetType().IsPrimitive) {
                "$other" | Should -BeExactly "$value" -Because $here
            }
            elseif ($value -is [DateTimeOffset]) {
                $other.UtcDateTime | Should -Be $value.UtcDateTime -Because $here
            }
            elseif ($value -is [Collections.IDictionary]) {
                foreach ($key in $value.Keys) {
                    if ($value[$key] -is [string]) { $other[$key] | Should -BeExactly $value[$key] -Because "$here[$key]" }
                    else { Assert-SameShape $value[$key] $other[$key] "$here[$key]" }
                }
            }
            elseif ($value -is [Collections.IEnumerable]) {
                $one = @($value)
                $two = @($other)
                $two.Count | Should -Be $one.Count -Because $here
                for ($i = 0; $i -lt $one.Count; $i++) {
                    if ($one[$i] -is [string] -or $one[$i] -is [enum] -or $one[$i].GetType().Namespace -ne 'HostingOps') { "$($two[$i])" | Should -BeExactly "$($one[$i])" -Because $here }
                    else { Assert-SameShape $one[$i] $two[$i] "$here[$i]" }
                }
            }
            else {
                Assert-SameShape $value $other $here
            }
        }
    }
}

Describe 'A <Type>' -ForEach $types {
    It 'goes to JSON whole at depth 6, with names for enumerations' {
        # A sandbox holds a whole inventory, and its hooks lie one deeper than those of an inventory on its own.
        $depth = $Type -eq 'HostingSandbox' ? 7 : 6
        foreach ($object in $samples[$Type]) {
            $json = $object | ConvertTo-Json -Depth $depth -WarningVariable cut -WarningAction SilentlyContinue
            $cut | Should -BeNullOrEmpty
            $again = $json | ConvertFrom-Json
            foreach ($property in $object.psobject.Properties | Where-Object IsGettable) {
                $again.psobject.Properties.Name | Should -Contain $property.Name
                if ($property.Value -is [enum]) { $again.($property.Name) | Should -BeExactly "$($property.Value)" }
            }
            $json | Should -Not -Match '"(System|HostingOps)\.'
        }
    }

    It 'goes through CLIXML whole at the default depth' {
        $path = Join-Path $TestDrive 'sample.xml'
        foreach ($object in $samples[$Type]) {
            $object | Export-Clixml $path
            Assert-SameShape $object (Import-Clixml $path) $Type
        }
    }

    It 'has what Format-Wide, Select-Object, sorting and Format-List with all properties need' {
        $first = @($samples[$Type])[0]
        $first | Format-Wide | Out-String -Width 80 | Should -Not -Match 'HostingOps\.'
        $first.psobject.Properties.Name | Should -Contain $first.psstandardmembers.DefaultDisplayProperty
        foreach ($set in 'DefaultDisplayPropertySet', 'DefaultKeyPropertySet') {
            foreach ($name in $first.psstandardmembers.$set.ReferencedPropertyNames) { $first.psobject.Properties.Name | Should -Contain $name }
        }
        $all = $first | Format-List * | Out-String -Width 120
        foreach ($name in $first.psobject.Properties.Name) { $all | Should -Match "(?m)^$name +:" }
    }
}

Describe 'Within a string, a <Type>' -ForEach $written {
    It 'is a short line' {
        foreach ($object in $samples[$Type]) {
            "$object" | Should -Not -Match '^HostingOps\.|\{ \w+ = '
            "$object" | Should -Not -Match "`n"
        }
    }
}

Describe 'The names of <Type>' -ForEach $enumerations {
    It 'are what JSON and CLIXML say' {
        $path = Join-Path $TestDrive 'name.xml'
        foreach ($value in [enum]::GetValues($Type)) {
            @{ V = $value } | ConvertTo-Json -Compress | Should -BeExactly "{`"V`":`"$value`"}"
            $value | Export-Clixml $path
            Import-Clixml $path | Should -BeExactly "$value"
        }
    }
}

Describe 'Objects from elsewhere' {
    It 'can be compared by a status, and look as the live ones, after a job' {
        $module = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
        $job = Start-Job -ArgumentList $module, (Join-Path $PSScriptRoot 'Samples.ps1') {
            Import-Module $args[0]
            . $args[1]
            New-SamplePlan
            New-SampleHealth
        }
        $plan, $health = $job | Receive-Job -Wait -AutoRemoveJob
        @($health | Where-Object Status -EQ Down) | Should -HaveCount 1
        ($plan | Format-List -Property * | Out-String) | Should -Match 'Deserialized|Failover'
        ($plan | Format-Table | Out-String -Width 120) | Should -BeExactly (New-SamplePlan | Format-Table | Out-String -Width 120)
        @($plan.Gates | Where-Object Outcome -EQ Refused).Reason | Should -Match 'cooldown'
        $plan.Change.Before[0].Values | Should -Be '203.0.113.10'
    }

    It 'never carry a webhook that was written in the inventory' {
        $inventory = $samples.HostingInventory
        $path = Join-Path $TestDrive 'inventory.xml'
        $inventory | Export-Clixml $path
        $texts = @(
            $inventory | ConvertTo-Json -Depth 6
            Get-Content -Raw $path
            $inventory | Format-List * | Out-String
            $inventory.Notifications | Format-List * | Out-String
            $inventory.Notifications | Format-Table | Out-String
            "$($inventory.Notifications)")
        $texts -join '' | Should -Not -Match 'SECRET'
        $inventory.Notifications[1].ReadWebhook() | Should -Match 'SECRET'
    }

    It 'have durations in JSON with their seconds' {
        ($samples.SitePolicy[0] | ConvertTo-Json -Depth 6 | ConvertFrom-Json).Cooldown.TotalSeconds | Should -Be 900
    }
}
