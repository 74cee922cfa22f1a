import { expect, test } from "vitest";
import {
  type FieldSpec,
  emptyForm,
  filledOf,
  inputOf,
  ofSeconds,
  specsOf,
  valueOf,
} from "../src/core/making/fields";
import { isArea, isCalendar, placeOf } from "../src/core/making/place";
import { answeringSeats, isAccount, partiesOf, usualSeats } from "../src/core/making/seats";

const SCHEMA = {
  properties: {
    title: { type: "string", unit: "text", minLength: 1, maxLength: 5 },
    about: { type: "string", unit: "text", default: "", maxLength: 2500 },
    price: { type: "string", unit: "asset", least: "1", most: "5000000" },
    wait: { type: "integer", unit: "seconds", default: 259_200, minimum: 3_600, maximum: 604_800 },
    starts: {
      anyOf: [{ type: "integer", minimum: 1e9 }, { type: "null" }],
      unit: "time",
      default: null,
    },
    way: { type: "string", unit: "choice", enum: ["sent", "pickup"], default: "sent" },
    steps: {
      type: "array",
      unit: "list",
      items: { $ref: "#/$defs/Step" },
      maxItems: 2,
      default: [],
    },
  },
  $defs: {
    Step: {
      properties: { kept: { type: "integer", unit: "basisPoints", minimum: 0, maximum: 10_000 } },
    },
  },
};
const DECIMALS = 6;
const specs = specsOf(SCHEMA, DECIMALS);
const spec = (name: string) => specs.find((one) => one.name === name) as FieldSpec;
const value = (name: string, typed: string) => valueOf(spec(name), typed, DECIMALS);

test("a form begins with what is usual, and says what is needed", () => {
  const filled = emptyForm(specs);
  expect(filled).toMatchObject({ title: "", price: "", wait: "3 day", way: "sent", steps: [] });
  expect(inputOf(specs, filled, DECIMALS)).toBeNull();
  expect(value("title", " ").fault).toBe("needed");
  expect(value("about", "").value).toBe("");
});

test("what is typed becomes what the service takes", () => {
  const filled = { ...emptyForm(specs), title: "Lamp", price: "1,5", steps: [{ kept: "12.5" }] };
  expect(inputOf(specs, filled, DECIMALS)).toEqual({
    title: "Lamp",
    about: "",
    price: "1500000",
    wait: 259_200,
    way: "sent",
    steps: [{ kept: 1_250 }],
  });
});

test("bounds are told before anything is asked", () => {
  expect(value("title", "Lantern").fault).toBe("long");
  expect(value("price", "0").fault).toBe("small");
  expect(value("price", "5.000001").fault).toBe("large");
  expect(value("price", "1.0000001").fault).toBe("amount");
  expect(value("price", "-1").fault).toBe("amount");
  expect(value("wait", "59 minute").fault).toBe("small");
  expect(value("wait", "2 week").fault).toBe("large");
  expect(value("wait", "1.5 day").fault).toBe("number");
  expect(value("wait", "two day").fault).toBe("needed");
  expect(value("starts", "yesterday").fault).toBe("time");
  expect(value("starts", "").value).toBeNull();
  expect(value("starts", "2030-01-02T03:04").value).toBe(
    new Date("2030-01-02T03:04").getTime() / 1_000,
  );
});

test("a row of a list is as good as the list", () => {
  expect(valueOf(spec("steps"), [{ kept: "100.01" }], DECIMALS).fault).toBe("needed");
  const rows = emptyForm(specs).steps;
  expect(rows).not.toBe(spec("steps").initial);
});

test("lengths of time are shown in their largest unit", () => {
  expect(ofSeconds(604_800)).toBe("1 week");
  expect(ofSeconds(90_000)).toBe("25 hour");
  expect(ofSeconds(60)).toBe("1 minute");
});

test("the maker has the first role, and whoever takes it the second", () => {
  const roles = ["seller", "buyer", "courier"];
  const seats = usualSeats(roles);
  const account = `0x${"ab".repeat(20)}`;
  expect(partiesOf(roles, seats, account)).toEqual({ seller: account, buyer: null });
  seats.others.courier = { is: "named", account: "0x12" };
  expect(partiesOf(roles, seats, account)).toBeNull();
  seats.others.courier.account = ` ${account} `;
  expect(partiesOf(roles, seats, account)).toEqual({
    seller: account,
    buyer: null,
    courier: account,
  });
  expect(isAccount(account)).toBe(true);
});

test("a form filled in from an offer gives the offer's input again", () => {
  const input = {
    title: "Lamp",
    about: "as new",
    price: "1500000",
    wait: 432_000,
    starts: 1_700_000_040,
    way: "pickup",
    steps: [{ kept: 1_250 }, { kept: 0 }],
  };
  expect(inputOf(specs, filledOf(specs, input, DECIMALS), DECIMALS)).toEqual(input);
  const least = { title: "Lamp", about: "", price: "1", wait: 3_600, way: "sent", steps: [] };
  expect(inputOf(specs, filledOf(specs, least, DECIMALS), DECIMALS)).toEqual(least);
});

test("a counter-offer is made by who would take the offer, for its maker alone", () => {
  const [maker, other, open] = ["1", "2", "0"].map((digit) => `0x${digit.repeat(40)}`) as [
    string,
    string,
    string,
  ];
  const roles = ["owner", "renter"];
  const seats = answeringSeats(roles, [maker, open], other);
  expect(partiesOf(roles, seats, other)).toEqual({ owner: maker, renter: other });
  const back = answeringSeats(roles, [maker, other], maker);
  expect(partiesOf(roles, back, maker)).toEqual({ owner: maker, renter: other });
  expect(answeringSeats(roles, [maker, open], null).own).toBe("renter");
});

test("only what offers can be found by is sent", () => {
  expect(placeOf({ area: " u33d ", calendar: "blue-van" })).toEqual({
    area: "u33d",
    calendar: "blue-van",
  });
  expect(placeOf({ area: "", calendar: "" })).toEqual({});
  expect(placeOf({ area: "u33dc0", calendar: "Blue van" })).toEqual({});
  expect(["", "u", "u33dc", "a", "u33dc0", "U"].map(isArea)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(["", "0", "a.b", "-a", "ä", "x".repeat(65)].map(isCalendar)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
